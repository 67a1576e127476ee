package dev.weir.upstream;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A selector whose thread serves the sockets that are ready one after the other, where that blocks nobody. Jetty's puts their
 * keys into a set and takes them out again, and asks for each whether another thread should go on selecting meanwhile.
 *
 * <p>What else is ready is left to Jetty: what may block, and sockets that are being opened.
 *
 * <p>Threads: the one that selects; {@link #submit} any.
 */
public class ServingSelector extends ManagedSelector {
    private static final Logger LOG = LoggerFactory.getLogger(ServingSelector.class);

    private final Consumer<SelectionKey> taking = this::take;
    private final List<ShortReadEndPoint> ready = new ArrayList<>();
    /** What was submitted by the sockets that were served. */
    private final List<SelectorUpdate> updates = new ArrayList<>();

    private boolean othersReady;
    /** Race: others may see an old value, but nobody sees itself here unless it is so. */
    private Thread serving;

    /** As every selector of Jetty's. */
    public ServingSelector(SelectorManager manager, int id) {
        super(manager, id);
    }

    @Override
    protected int nioSelect(Selector selector, boolean now) throws IOException {
        ready.clear(); // of a select that failed
        othersReady = false;
        int selected = now ? selector.selectNow(taking) : selector.select(taking);
        serve(selector);
        return othersReady ? super.nioSelect(selector, true) : selected;
    }

    /** May not throw, as a key does that another thread cancels: Jetty would make a new selector, and close sockets. */
    private void take(SelectionKey key) {
        if (key.attachment() instanceof ShortReadEndPoint socket) {
            ready.add(socket);
        } else {
            othersReady = true;
        }
    }

    private void serve(Selector selector) {
        serving = Thread.currentThread();
        for (int i = 0; i < ready.size(); i++) {
            serve(ready.get(i));
        }
        // What they want from now on, each once for all that happened.
        for (int i = 0; i < ready.size(); i++) {
            ready.get(i).updateKey();
        }
        ready.clear();
        serving = null;
        for (int i = 0; i < updates.size(); i++) {
            update(updates.get(i), selector);
        }
        updates.clear();
    }

    private void serve(ShortReadEndPoint socket) {
        try {
            if (!socket.blocksNobody()) {
                othersReady = true;
                return;
            }
            Runnable task = socket.onSelected();
            if (task != null) {
                task.run();
            }
        } catch (CancelledKeyException closed) {
            socket.close();
        } catch (Throwable bug) {
            LOG.warn("Could not serve {}", socket, bug);
            socket.close();
        }
    }

    private static void update(SelectorUpdate update, Selector selector) {
        try {
            update.update(selector);
        } catch (Throwable bug) {
            LOG.warn("Cannot update selector {}", selector, bug);
        }
    }

    /** What the selecting thread submits while it serves needs no system call that wakes it. */
    @Override
    public void submit(SelectorUpdate update) {
        if (serving == Thread.currentThread()) {
            updates.add(update);
        } else {
            super.submit(update);
        }
    }
}
