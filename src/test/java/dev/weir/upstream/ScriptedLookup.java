package dev.weir.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A look-up that answers at once with the records it was given, or hangs, for the names that it was told to, until it is
 * let go. A name without records does not exist.
 */
final class ScriptedLookup implements NameLookup {
    private final Map<String, List<InetAddress>> records = new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<String>> hanging = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> threads = new CopyOnWriteArrayList<>();

    static InetAddress address(String name, String literal) {
        try {
            return InetAddress.getByAddress(name, InetAddress.getByName(literal).getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    void record(String name, String... literals) {
        records.put(
                name,
                List.of(literals).stream()
                        .map(literal -> address(name, literal))
                        .toList());
    }

    void forget(String name) {
        records.remove(name);
    }

    void hang(String name) {
        hanging.put(name, new LinkedBlockingQueue<>());
    }

    /** Ends one look-up of the name, the one that hangs now or the next. */
    void letGo(String name) {
        hanging.get(name).add("go");
    }

    /** The names that were asked for, in order. */
    List<String> asked() {
        return asked;
    }

    List<String> threads() {
        return threads;
    }

    @Override
    public InetAddress[] addresses(String name) throws UnknownHostException {
        threads.add(Thread.currentThread().getName() + (Thread.currentThread().isDaemon() ? ", daemon" : ""));
        asked.add(name);
        try {
            if (hanging.containsKey(name)) {
                hanging.get(name).take();
            }
        } catch (InterruptedException closed) {
            throw new UnknownHostException("interrupted");
        }
        if (!records.containsKey(name)) {
            throw new UnknownHostException(name);
        }
        return records.get(name).toArray(InetAddress[]::new);
    }
}
