/** What {@code --help} says. */
final class Help {
    static final String TEXT = """
            Measures Weir beside other proxies: what each request costs, how many there are, how long they take.

              bench/compare/run                                       everything: 100 minutes, on a quiet machine
              bench/compare/run --quick                               one small workload, half a minute: does the rig work?
              bench/compare/run --workloads W1,W3 --peers weir,nginx,undertow
              bench/compare/run --workloads T                         W1, W3, W4, W5 on Tomcat 11, against the stock servlet
              bench/compare/run --growth                              how the cost grows: --growth --help
              bench/compare/run --java /usr/lib/jvm/temurin-25-jdk-amd64

              --peers NAMES      weir, nginx, haproxy, undertow, jetty-core, stock, weir-tomcat, stock-tomcat;
                                 the order is that of a round
              --workloads NAMES  W1 GET 1 KB, 64 clients           W2 the same, 8 clients
                                 W3 GET 100 KB, 32 clients         W4 GET 10 MB, 4 clients
                                 W5 POST 1 MB, 8 clients           W6 1,000 clients, the upstream waits 100 ms
                                 W7 GET 1 KB, a connection each    W10 W1 beside 10,000 idle clients
                                 W11 h2c, 8 connections of 100 streams (weir, jetty-core)
                                 start  from exec to the first proxied answer
                                 T  W1, W3, W4 and W5 with weir, weir-tomcat, stock, stock-tomcat
              --starts N         how often every peer is started and all of its rounds are measured (1): what a JVM
                                 compiles differs from one start to the next, and with it a request by a tenth
              --rounds N         each peer is measured once in a round (5)
              --seconds N        how long a measurement takes (5)
              --warm-up N        seconds of load before the first round, for a JVM; 2 at most for the others (30)
              --java HOME        the JDK of the JVM peers ($JAVA_HOME, or the one on the PATH)
              --heap SIZE        -Xmx of every JVM peer, or default for none (256m)
              --jvm "OPTIONS"    more options of every JVM peer, such as "-Xms64m -XX:+UseParallelGC" (none)
              --connector 'NAME="VALUE"'  more attributes of both Tomcats' connector, such as
                                 socket.appWriteBufSize="32768" (none)
              --war FILE         the Weir to measure (target/weir.war)
              --out FOLDER       where the results go (bench/results; of a quick run bench/compare/target)
              --chart FILE.svg   draws the CPU per request as well

            Exit status: 0, or 1 where Weir answered wrong or a round of it failed, or 2 where nothing could be measured.
            It judges no time. bench/README.md tells how each peer is set up and what the figures mean.
            """;

    static final String GROWTH = """
            Measures how what a request costs grows, for weir, nginx and undertow: with clients, with destinations, with the body.

              bench/compare/run --growth                              twelve minutes at most, on a quiet machine
              bench/compare/run --growth --series body --chart docs/  docs/growth-body.svg, too
              bench/compare/run --growth --rounds 1 --seconds 1 --warm-up 1       does it work?

              --series NAMES     clients       GET 1 KB with 1, 8, 64, 512, 4,096 clients
                                 destinations  GET 1 KB spread over 1, 10, 100, 1,000 upstreams, 64 clients (weir, nginx)
                                 body          GET 1 KB, 10 KB, 100 KB, 1 MB, 10 MB
              --peers NAMES      weir, nginx, undertow; the order is that of a round
              --rounds N         each peer is measured once in a round of each point (3)
              --seconds N        how long a measurement takes (3)
              --warm-up N        seconds of load before a series, over its points up to the middle one, for a JVM (30);
                                 each point has 2 s more, for every peer
              --chart PREFIX     draws PREFIX-clients.svg and so on; of a folder growth-clients.svg and so on in it
              --heap SIZE        -Xmx of every JVM peer, or default for none (1g: with 256m Weir refuses many of 4,096 clients)
              --java, --jvm, --war, --out as in any other run (--help)

            Results go to DATE-TIME-JDK-growth.md and .json. Exit status: that of any other run.
            """;

    private Help() {}
}
