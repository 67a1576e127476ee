package dev.weir;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the packages of ours that a package may use, itself always included. Stands on every {@code package-info} below
 * this one; one ArchUnit test reads it and fails the build where an import goes another way.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PACKAGE)
public @interface MayUse {
    /** Last segments of package names: {@code "exchange"} is {@code dev.weir.exchange}. */
    String[] value();
}
