package dev.weir.boot;

import dev.weir.config.Configuration;
import dev.weir.config.Problem;
import dev.weir.exchange.Ourselves;
import dev.weir.route.OwnPaths;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * The launcher's own listener. A route that leads straight back to it stops the start: each request would come back until
 * everything is used up. The longer ways back show at run time only, where the loop guard refuses them.
 *
 * @param address as bound, or as it will be
 */
record OwnListener(InetSocketAddress address) {
    /** Every such route; waits for the names that matter. */
    List<Problem> problems(Configuration configuration) {
        OwnPaths all = new OwnPaths("", true, configuration);
        return new Ourselves(configuration, List.of(address), all::hold).problems();
    }
}
