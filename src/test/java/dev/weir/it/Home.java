package dev.weir.it;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** Where Weir runs. Every start is a process of its own, on a free loopback port. */
public enum Home {
    LAUNCHER(LauncherLaunch::prepare),
    JETTY(JettyLaunch::prepare),
    TOMCAT_11((deployment, base) -> TomcatLaunch.prepare("apache-tomcat-11.", deployment, base)),
    TOMCAT_10_1((deployment, base) -> TomcatLaunch.prepare("apache-tomcat-10.1.", deployment, base));

    private static final AtomicInteger STARTS = new AtomicInteger();

    private final BiFunction<Deployment, Path, Launch> preparation;

    Home(BiFunction<Deployment, Path, Launch> preparation) {
        this.preparation = preparation;
    }

    /** Returns when the application answers; an {@link AssertionError} with the end of the log where it does not. */
    public RunningWeir start(Deployment deployment) {
        return attempt(deployment).running();
    }

    /** Expects that the configuration stops the start: of the process, or of the application in a container. */
    public FailedStart failToStart(Deployment deployment) {
        return attempt(deployment).failure();
    }

    private Attempt attempt(Deployment deployment) {
        String name = name().toLowerCase(Locale.ROOT) + "-" + STARTS.incrementAndGet();
        Path base = Places.base(name);
        return new Attempt(preparation.apply(deployment, base), deployment, base, Places.log(name));
    }
}
