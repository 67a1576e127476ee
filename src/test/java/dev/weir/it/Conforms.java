package dev.weir.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Makes a class a section of {@code docs/conformance.md}, and each of its tests a row. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(ConformanceRecord.class)
@interface Conforms {
    /** What the section is about. */
    String title();

    /** What asks for it: clauses of RFCs, and complaints about other proxies. */
    String to();
}
