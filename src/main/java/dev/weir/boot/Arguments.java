package dev.weir.boot;

import dev.weir.config.Problem;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line's words. What they mean is {@link Options}' business; here they are taken apart and explained. */
@Command(
        name = "java -jar weir.war",
        sortOptions = false,
        abbreviateSynopsis = true,
        header = {"Weir, an HTTP proxy that cannot run out: of connections, descriptors, threads or memory.", ""},
        descriptionHeading = "%n",
        description = {
            "Requests below a route's PREFIX go to its URL, the prefix cut off:",
            "with --route /proxy=http://localhost:9000/app, /proxy/x leads to http://localhost:9000/app/x.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  See it work, with nothing else at hand:",
            "    java -jar weir.war --demo",
            "  One upstream, on this machine only:",
            "    java -jar weir.war --route /proxy=http://localhost:9000",
            "  Two upstreams, for every network interface, with a limit each:",
            "    java -jar weir.war --host 0.0.0.0 --port 80 --route /=http://shop:8080 --route /api=https://api:8443 \\",
            "        --set maxConnections=100 --set /api.responseTimeout=5s",
            "  To clients by TLS; changed files are read again without a restart:",
            "    java -jar weir.war --port 8443 --tls-cert chain.pem --tls-key key.pem --route /=http://localhost:9000",
            "  A forward proxy to the public hosts below example.org, and to git.corp at a private address:",
            "    java -jar weir.war --forward-proxy '*.example.org,git.corp,10.1.2.3'",
            "    curl -x http://127.0.0.1:8080 https://www.example.org/",
            "  The route of the WAR's own web.xml:",
            "    java -Dweir.proxy.proxyTo=http://localhost:9000 -jar weir.war",
            "",
            "A value comes from the first that has it: --route and --set; a system property (-Dweir.NAME, or",
            "-Dweir.SERVLET.NAME for a route); the environment (WEIR_NAME, WEIR_SERVLET_NAME); web.xml; the default.",
            "A route's servlet is named after its prefix: /proxy is proxy, /a/b is aB, / is root.",
            "--explain-config lists every parameter. Exit status: 0 after a clean drain, 1 for a failure at run",
            "time or exchanges cut by a drain, 2 for a wrong configuration. SIGTERM and Ctrl-C drain."
        })
final class Arguments {
    @Option(
            names = "--route",
            paramLabel = "PREFIX=URL",
            description = "Where requests below PREFIX go. Repeatable; replaces the route of the WAR's web.xml.")
    private List<String> routes = new ArrayList<>();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port to listen on, 8080 unless given; 0 picks a free one.")
    private String port = "8080";

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "The address to listen on, 127.0.0.1 unless given; 0.0.0.0 is every one of this machine.")
    private String host = "127.0.0.1";

    @Option(
            names = TlsFiles.CERTIFICATE_OPTION,
            paramLabel = "FILE",
            description =
                    "Listens for https (h2 and http/1.1) with the certificate in this PEM file, its chain behind it."
                            + " Read again when it changes.")
    private String tlsCertificate;

    @Option(
            names = TlsFiles.KEY_OPTION,
            paramLabel = "FILE",
            description = "The certificate's private key: PEM, PKCS#8, without a password. May be the same file.")
    private String tlsKey;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Sets a parameter; one of a route's holds for every route, /PREFIX.NAME=VALUE for one."
                    + " Repeatable.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--forward-proxy",
            paramLabel = "DESTINATIONS",
            description =
                    "Serves clients that use this Weir as their proxy (http_proxy, curl -x), for these destinations:"
                            + " a comma list of NAME, *.NAME, * for every public host, addresses and ranges, each with :PORT or"
                            + " :FROM-TO if need be. More of it: --set /-forward.NAME=VALUE, such as deny. Replaces the route of"
                            + " the WAR's web.xml, too.")
    private String forwardProxy;

    @Option(
            names = "--demo",
            description =
                    "Puts a built-in sample upstream behind /proxy/: a page, a big file, an echo and an event stream.")
    private boolean demo;

    @Option(
            names = "--explain-config",
            description = "Prints every parameter with its value, where that comes from and what it means, and exits.")
    boolean explain;

    @Option(
            names = "--check",
            description =
                    "Validates the configuration, tells what it would meet here, tries every address of the upstreams, and"
                            + " exits: 0 good, 2 not.")
    boolean check;

    @Option(
            names = {"-h", "--help"},
            description = "Prints this and exits.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            description = "Prints the version and exits.")
    boolean version;

    private final List<Problem> problems = new ArrayList<>();

    static Arguments parse(String... commandLine) {
        Arguments arguments = new Arguments();
        CommandLine parser = new CommandLine(arguments).setExpandAtFiles(false).setUnmatchedArgumentsAllowed(true);
        try {
            arguments.reportUnknown(parser, parser.parseArgs(commandLine).unmatched());
        } catch (CommandLine.ParameterException wrong) {
            String expected = "each option as --help shows it: " + wrong.getMessage();
            arguments.problems.add(new Problem("command line", "", expected, Optional.empty()));
        }
        return arguments;
    }

    /** Shows the names alone, for who knows what the value of an unknown option holds. */
    private void reportUnknown(CommandLine parser, List<String> unmatched) {
        List<String> options =
                unmatched.stream().filter(word -> word.startsWith("-")).toList();
        for (String option : options) {
            String name = option.replaceFirst("=.*", "");
            List<String> near = new CommandLine.UnmatchedArgumentException(parser, List.of(name)).getSuggestions();
            problems.add(new Problem(
                    "command line",
                    name,
                    "an option that --help lists",
                    near.stream().findFirst()));
        }
        if (options.isEmpty()) { // otherwise it is most likely the unknown option's value
            for (String word : unmatched) {
                problems.add(
                        new Problem("command line", word, "an option, such as --route PREFIX=URL", Optional.empty()));
            }
        }
    }

    static void printHelp(PrintStream out) {
        new CommandLine(new Arguments()).setUsageHelpWidth(110).usage(out, CommandLine.Help.Ansi.OFF);
    }

    Options options() {
        return Options.of(this);
    }

    List<String> routes() {
        return routes;
    }

    String port() {
        return port.strip();
    }

    String host() {
        return host.strip();
    }

    /** Null where it is not given. */
    String tlsCertificate() {
        return tlsCertificate;
    }

    /** Null where it is not given. */
    String tlsKey() {
        return tlsKey;
    }

    List<String> settings() {
        return settings;
    }

    /** Null where it is not given. */
    String forwardProxy() {
        return forwardProxy;
    }

    boolean demo() {
        return demo;
    }

    List<Problem> problems() {
        return problems;
    }
}
