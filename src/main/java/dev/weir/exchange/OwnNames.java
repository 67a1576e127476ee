package dev.weir.exchange;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What those names resolve to that may turn out to be our own. Each is looked up once, for the way back to ourselves
 * that a name opens later is found by the id in {@code Via} and {@code CDN-Loop}.
 *
 * <p>Threads: any. The resolver may take its time, so that it is asked on a thread of its own and never on a caller's.
 */
final class OwnNames {
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Map<String, List<InetAddress>> found = new ConcurrentHashMap<>();

    /** The addresses of a name, empty where it does not resolve or is not known yet. */
    List<InetAddress> addresses(String name) {
        return found.getOrDefault(name, List.of());
    }

    /** Looks up those of the names that nobody has asked for; done when all answers are in. */
    CompletableFuture<Void> lookUp(Set<String> names) {
        Set<String> unasked = names.stream().filter(asked::add).collect(Collectors.toSet());
        if (unasked.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.runAsync(() -> unasked.forEach(this::ask), OwnNames::onThreadOfItsOwn);
    }

    private static void onThreadOfItsOwn(Runnable task) {
        Thread thread = new Thread(task, "weir-own-names");
        thread.setDaemon(true);
        thread.start();
    }

    private void ask(String name) {
        try {
            found.put(name, List.of(InetAddress.getAllByName(name)));
        } catch (UnknownHostException unknown) {
            found.put(name, List.of()); // it leads nowhere, which the first request will show
        }
    }
}
