/**
 * The packaged WAR in its four homes, started as real processes: by {@code java -jar}, in a Jetty distribution and in
 * two Tomcat distributions, unpacked by the build below {@code target/homes}. A test says what is deployed
 * ({@link dev.weir.it.Deployment}) and where ({@link dev.weir.it.Home}), and gets a {@link dev.weir.it.RunningWeir}.
 *
 * <p>The build names the places by the system properties {@code weir.it.war}, {@code weir.it.homes} and
 * {@code weir.it.jettyConfig}; without them they are looked for below the working directory. What a process printed
 * stays in {@code target/it-logs}.
 */
package dev.weir.it;
