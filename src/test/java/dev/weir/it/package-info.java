/**
 * The packaged WAR in its four homes, started as real processes: by {@code java -jar}, in a Jetty distribution and in
 * two Tomcat distributions, unpacked by the build below {@code target/homes}. A test says what is deployed
 * ({@link dev.weir.it.Deployment}) and where ({@link dev.weir.it.Home}), and gets a {@link dev.weir.it.RunningWeir}.
 *
 * <p>The build names the places by the system properties {@code weir.it.war}, {@code weir.it.distributions},
 * {@code weir.it.application} and
 * {@code weir.it.jettyConfig}; without them they are looked for below the working directory. What a process printed
 * stays in {@code target/it-logs}.
 *
 * <p>The behaviour suite is the classes that extend {@link dev.weir.it.BehaviourSuite}: they share one Weir in each home
 * and run unchanged in all of them, or in those that {@code -Dweir.it.homes=LAUNCHER,TOMCAT_11} names.
 */
package dev.weir.it;
