package dev.weir.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Homes in which a test, or all of a class, holds less than its name says, and why: a part of the row. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Repeatable(FallsShort.All.class)
public @interface FallsShort {
    Home[] in();

    String why();

    /** More than one. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface All {
        FallsShort[] value();
    }
}
