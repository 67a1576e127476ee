package dev.weir.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one servlet's init-params come to in our own names. */
final class Translation {
    private final ServletDeclaration servlet;
    private final Findings findings;
    private final Map<Parameter<?>, Found> values = new HashMap<>();
    private final List<HostList> hostLists = new ArrayList<>();
    private Optional<Found> connectTimeout = Optional.empty();

    /** Begins with the names that are ours already: they win over another name for the same thing. */
    Translation(ServletDeclaration servlet, Findings findings) {
        this.servlet = servlet;
        this.findings = findings;
        for (Parameter<?> parameter : RouteParameters.all()) {
            String text = servlet.initParams().get(parameter.name());
            if (text != null) {
                values.put(parameter, found(parameter.name(), text));
            }
        }
    }

    ServletDeclaration servlet() {
        return servlet;
    }

    Map<Parameter<?>, Found> values() {
        return values;
    }

    List<HostList> hostLists() {
        return hostLists;
    }

    Optional<Found> connectTimeout() {
        return connectTimeout;
    }

    void route(String name, String text, Parameter<?> parameter) {
        if (servlet.initParams().containsKey(parameter.name())) {
            note(name, "ignored, for " + parameter + " is set beside it");
        } else {
            values.put(parameter, found(name, text));
            note(name, "translated into " + parameter);
        }
    }

    /** Whether it comes to anything depends on the other sources and servlets, and so does its note. */
    void connectTimeout(String name, String text) {
        connectTimeout = Optional.of(found(name, text));
    }

    void hostList(String name, String text, boolean allows) {
        hostLists.add(new HostList(where(name), text, allows));
    }

    void note(String name, String whatHappened) {
        findings.note(where(name) + ": " + whatHappened + ".");
    }

    void refuse(String name, String text, String instead) {
        findings.problem(where(name), text, instead);
    }

    private String where(String name) {
        return Origin.initParam(servlet.name(), name);
    }

    private Found found(String name, String text) {
        return new Found(text, Origin.DESCRIPTOR, where(name));
    }
}
