package dev.weir.boot;

import dev.weir.config.ConfigurationException;
import dev.weir.config.SharedParameters;
import dev.weir.config.Values;
import dev.weir.limits.AutoLimits;
import dev.weir.limits.ProcessDescriptors;
import java.util.ArrayList;
import java.util.List;

/** Whether the descriptor limit is enough for what is configured, and how it is split. */
record DescriptorCheck(ProcessDescriptors process, Values shared) {
    /** With fewer of either, a page of a browser's takes a good part of them. */
    private static final int FEW_CLIENTS = 64;

    private static final int FEW_UPSTREAM_SOCKETS = 32;

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        try {
            AutoLimits limits = AutoLimits.of(process, shared);
            findings.add(split(limits));
            if (isExplicit()) {
                findings.add(Finding.good("what is set needs a limit of " + needed()));
            }
        } catch (ConfigurationException tooFew) {
            tooFew.problems().forEach(problem -> findings.add(Finding.problem(problem.toString())));
        }
        return findings;
    }

    private static Finding split(AutoLimits limits) {
        String enough = limits.connectionBudget() + " upstream sockets and " + limits.maxClients() + " clients";
        if (!limits.isLimited()) {
            return Finding.good("this system names no limit; there may be " + enough);
        }
        String words = "the limit of the process is " + limits.descriptors() + " (ulimit -n): with "
                + limits.openAtStart() + " open now and " + limits.reserve() + " in reserve it is enough for " + enough;
        return limits.maxClients() < FEW_CLIENTS || limits.connectionBudget() < FEW_UPSTREAM_SOCKETS
                ? Finding.warning(words + ", which is few")
                : Finding.good(words);
    }

    private boolean isExplicit() {
        return shared.get(SharedParameters.CONNECTION_BUDGET).isPresent()
                || shared.get(SharedParameters.MAX_CLIENTS).isPresent()
                || shared.get(SharedParameters.DESCRIPTOR_RESERVE).isPresent();
    }

    /** As it is said of a limit that holds nothing at all. */
    private String needed() {
        try {
            AutoLimits.of(
                    0,
                    process.open(),
                    shared.get(SharedParameters.DESCRIPTOR_RESERVE),
                    shared.get(SharedParameters.CONNECTION_BUDGET),
                    shared.get(SharedParameters.MAX_CLIENTS));
            throw new IllegalStateException("no descriptors are enough");
        } catch (ConfigurationException tooFew) {
            return tooFew.problems().get(0).expected();
        }
    }
}
