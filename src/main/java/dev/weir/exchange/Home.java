package dev.weir.exchange;

import dev.weir.config.AddressRanges;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetSocketAddress;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/**
 * The seam to the container: what the Servlet API leaves to it. Nothing else in Weir asks where it runs.
 *
 * <p>The launcher sets its own as a context attribute of this class's name; otherwise the container's name decides.
 *
 * <p>Threads: called from any thread, on an exchange whose processing is asynchronous.
 */
public interface Home {
    /** The name that status.json shows: {@code launcher}, {@code jetty}, {@code tomcat}. */
    String name();

    /**
     * Ends the client's message so that the client sees an abort, never a clean end. Its head may
     * have been committed or not. Neither request nor response is touched after it.
     *
     * @param ended run, once or never, when the container has no more use for what was written, where it does not tell an
     *     {@code AsyncListener}; on any thread
     */
    void abort(Exchange exchange, Runnable ended);

    /** Whether {@link #interim} sends anything. */
    default boolean sendsInterim() {
        return false;
    }

    /**
     * Sends an interim response (RFC 9110 §15.2), where that is possible and the client's version of HTTP knows them; else
     * drops it. One at a time, and before anything is written.
     *
     * @param status 1xx, not 101
     * @param then run once, when it has gone out or was dropped; on any thread
     */
    default void interim(Exchange exchange, int status, HttpFields fields, Runnable then) {
        then.run();
    }

    /**
     * Called before the head of a body goes out whose length nobody knows: its end must not be that of the connection, as
     * far as the client's version of HTTP allows, or the client takes a cut for a clean end.
     */
    default void frame(Exchange exchange) {
        // Tomcat chunks whatever it can.
    }

    /**
     * Whether the container puts what is written into small buffers of its own, and goes through its poller and another
     * thread each time that one is full.
     */
    default boolean buffersWrites() {
        return false;
    }

    /** Whether the client's connection can be upgraded. Asked before the exchange is asynchronous. */
    default boolean carriesUpgrades(Exchange exchange) {
        return false;
    }

    /**
     * Ends the client's message, a 101 whose head is written, and makes its connection the end of a tunnel. Neither request
     * nor response is touched after it.
     *
     * @param executor for what the end may have to run
     */
    default void switchProtocols(Exchange exchange, Executor executor, Switching switching) {
        throw new UnsupportedOperationException(name());
    }

    /**
     * Sends what is left of a response of which all is written, although its request is still coming in and will be read
     * on.
     *
     * @return false where the home cannot read on, or the client is gone: then the response ends with the exchange, and no
     *     more than that end is left to send
     */
    boolean sendEnd(Exchange exchange);

    /**
     * The largest response head in bytes, status line and all, that the client's connector carries, as far as it tells:
     * one that is larger would be lost with its connection. Asked when the head is known.
     */
    default int maxResponseHeadBytes(Exchange exchange) {
        return Integer.MAX_VALUE;
    }

    /**
     * Has the task run, once, when the client turns out to be gone; at once where it is already. Beside what the container
     * tells in the end, and only where the home knows.
     */
    default void whenClientGone(Exchange exchange, Runnable task) {
        // A container tells it to an AsyncListener, as far as it does.
    }

    /**
     * The address at the other end of a request's connection, whatever a filter or a valve of the container's has put in
     * the place of {@code getRemoteAddr}; that one where the home does not know.
     */
    default String peerAddress(HttpServletRequest request) {
        return request.getRemoteAddr();
    }

    /** Whether a filter or a valve of the container's has, or may have, taken a forwarded field's word for who the client is. */
    default boolean isPeerRewritten(HttpServletRequest request) {
        return !AddressRanges.address(peerAddress(request)).equals(AddressRanges.address(request.getRemoteAddr()));
    }

    /**
     * The sockets that the container accepts clients on, as far as it tells them at start; empty where it does not. One
     * at the unspecified address is bound to all of the machine's.
     */
    default List<InetSocketAddress> listeners(ServletContext context) {
        return List.of();
    }

    /** Whether this web application is the only one that the listeners serve. */
    default boolean isAlone() {
        return false;
    }

    /** The request's header fields; those of one name in the order in which they came. */
    default HttpFields fields(HttpServletRequest request) {
        HttpFields.Mutable fields = HttpFields.build();
        for (Enumeration<String> names = request.getHeaderNames(); names.hasMoreElements(); ) {
            String name = names.nextElement();
            for (Enumeration<String> values = request.getHeaders(name); values.hasMoreElements(); ) {
                fields.add(new HttpField(name, values.nextElement()));
            }
        }
        return fields;
    }

    /** Adds a header field to a response whose head has not gone out. */
    default void add(HttpServletResponse response, HttpField field) {
        response.addHeader(field.getName(), field.getValue());
    }

    /** The home that this web application runs in. */
    static Home of(ServletContext context) {
        Object launcher = context.getAttribute(Home.class.getName());
        if (launcher instanceof Home home) {
            return home;
        }
        return context.getServerInfo().toLowerCase(java.util.Locale.ROOT).contains("jetty")
                ? new JettyHome()
                : new TomcatHome();
    }
}
