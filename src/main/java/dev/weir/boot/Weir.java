package dev.weir.boot;

import java.io.PrintStream;

/** The launcher's main class: {@code java -jar weir.war}. */
public final class Weir {
    private static final int GOOD = 0;
    private static final int FAILED = 1;

    private final PrintStream out;
    private final PrintStream err;

    private Weir(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs what the command line says, and exits with its status. */
    public static void main(String[] args) {
        Launcher.demandExactHeaderValues();
        Launcher.turnOffNameCache();
        System.exit(run(args, System.out, System.err));
    }

    /**
     * Runs what the command line says. A Weir that starts runs until the process is told to stop, and this with it.
     *
     * @return the exit status: 0 well done, 1 a failure at run time, 2 a wrong configuration
     */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        LogLines.begin(err);
        return new Weir(out, err).run(Arguments.parse(args));
    }

    private int run(Arguments arguments) {
        try {
            if (arguments.help) {
                Arguments.printHelp(out);
                return GOOD;
            }
            if (arguments.version) {
                out.println("weir " + Installation.find().version());
                return GOOD;
            }
            if (arguments.explain) {
                ExplainedConfiguration.print(arguments.options(), out);
                return GOOD;
            }
            if (arguments.check) {
                return ConfigurationCheck.run(arguments.options(), out);
            }
            return serve(arguments.options());
        } catch (StartFailedException failure) {
            err.println(LogLines.masked(failure.getMessage()));
            return failure.exitStatus();
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
            return GOOD;
        }
    }

    private int serve(Options options) throws StartFailedException, InterruptedException {
        RunningLauncher running = Launcher.start(options);
        LogLines.started();
        DrainHook.install(running, err);
        out.println("listening on " + running.uri());
        out.println("status on " + running.pages() + "status");
        if (options.demo()) {
            out.println("open " + running.uri() + Options.DEMO_PREFIX + "/");
        }
        running.join();
        return GOOD; // the hook knows better, and halts
    }
}
