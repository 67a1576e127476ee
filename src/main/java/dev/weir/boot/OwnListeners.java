package dev.weir.boot;

import dev.weir.config.Configuration;
import dev.weir.config.Problem;
import dev.weir.exchange.Ourselves;
import dev.weir.route.OwnPaths;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * The launcher's own listeners. A route that leads straight back to one stops the start: each request would come back until
 * everything is used up. The longer ways back show at run time only, where the loop guard refuses them.
 *
 * @param addresses as bound, or as they will be
 */
record OwnListeners(List<InetSocketAddress> addresses) {
    /** Every such route; waits for the names that matter. */
    List<Problem> problems(Configuration configuration) {
        OwnPaths all = new OwnPaths("", true, configuration);
        return new Ourselves(configuration, addresses, all::hold).problems();
    }
}
