package dev.weir.proxy;

import dev.weir.exchange.Outcome;
import dev.weir.exchange.Refusal;
import jakarta.servlet.ServletContext;
import java.nio.ByteBuffer;
import java.util.Set;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the web application's classes before it serves anything. One that is first needed when the descriptors have run out
 * could not be read any more, then or later: every refusal would end as a failure of our own.
 *
 * <p>Under the launcher there is nothing to do: it holds its WAR open.
 */
final class OwnClasses {
    private static final Logger LOG = LoggerFactory.getLogger(OwnClasses.class);
    private static final String FOLDER = "/WEB-INF/classes/";
    private static final String SUFFIX = ".class";
    /** The launcher's, which containers do not see the libraries of. */
    private static final String LAUNCHER = FOLDER + "dev/weir/boot/";

    private OwnClasses() {}

    static void load(ServletContext context) {
        load(context, FOLDER + "dev/weir/");
        rehearse(context);
    }

    private static void load(ServletContext context, String folder) {
        Set<String> paths = context.getResourcePaths(folder);
        if (paths == null || folder.equals(LAUNCHER)) {
            return;
        }
        for (String path : paths) {
            if (path.endsWith("/")) {
                load(context, path);
            } else if (path.endsWith(SUFFIX)) {
                String name = path.substring(FOLDER.length(), path.length() - SUFFIX.length());
                load(name.replace('/', '.'));
            }
        }
    }

    private static void load(String name) {
        try {
            Class.forName(name, false, OwnClasses.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError absent) {
            LOG.debug("{} is not loaded yet", name, absent);
        }
    }

    /** What a refusal needs of the libraries. */
    private static void rehearse(ServletContext context) {
        byte[] body = new Refusal(Outcome.DESCRIPTORS_LOW, "A rehearsal.").body(true, context);
        new ByteBufferContentSource(ByteBuffer.wrap(body)).read().release();
    }
}
