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
 * @param address as bound
 */
record OwnListener(InetSocketAddress address) {
    /** @throws StartFailedException with every such route */
    void refuseRoutesToItself(Configuration configuration) throws StartFailedException {
        OwnPaths all = new OwnPaths("", true, configuration);
        List<Problem> problems = new Ourselves(configuration, List.of(address), all::hold).problems();
        if (!problems.isEmpty()) {
            throw StartFailedException.of(problems);
        }
    }
}
