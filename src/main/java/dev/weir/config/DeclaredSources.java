package dev.weir.config;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Gathers the {@link Sources} of a running web application. */
final class DeclaredSources {
    /** By name, for the package it is in uses this one. */
    private static final String ROUTE_CLASS = "dev.weir.proxy.BoundedProxyServlet";

    private DeclaredSources() {}

    static Sources of(ServletContext context) {
        Map<String, String> contextParams = new LinkedHashMap<>();
        for (String name : Collections.list(context.getInitParameterNames())) {
            contextParams.put(name, context.getInitParameter(name));
        }
        return new Sources(commandLine(context), systemProperties(), System.getenv(), contextParams, servlets(context));
    }

    private static Map<String, String> commandLine(ServletContext context) {
        Map<String, String> commandLine = new LinkedHashMap<>();
        if (context.getAttribute(Configuration.COMMAND_LINE) instanceof Map<?, ?> given) {
            given.forEach((name, value) -> commandLine.put(String.valueOf(name), String.valueOf(value)));
        }
        return commandLine;
    }

    private static Map<String, String> systemProperties() {
        Properties properties = System.getProperties();
        Map<String, String> ours = new LinkedHashMap<>();
        for (String name : properties.stringPropertyNames()) {
            String value = properties.getProperty(name);
            if (value != null) { // gone since its name was read
                ours.put(name, value);
            }
        }
        return ours;
    }

    private static List<ServletDeclaration> servlets(ServletContext context) {
        return context.getServletRegistrations().values().stream()
                .filter(servlet -> isRoute(servlet.getClassName(), context.getClassLoader())
                        || ForeignNames.isForeignClass(servlet.getClassName()))
                .map(DeclaredSources::declaration)
                .sorted(Comparator.comparing(ServletDeclaration::name)) // a container keeps them in any order
                .toList();
    }

    private static ServletDeclaration declaration(ServletRegistration servlet) {
        return new ServletDeclaration(
                servlet.getName(),
                servlet.getClassName(),
                List.copyOf(servlet.getMappings()),
                servlet.getInitParameters());
    }

    private static boolean isRoute(String className, ClassLoader loader) {
        if (className == null) { // a JSP
            return false;
        }
        try {
            Class<?> type = Class.forName(className, false, loader);
            while (type != null && !type.getName().equals(ROUTE_CLASS)) {
                type = type.getSuperclass();
            }
            return type != null;
        } catch (ClassNotFoundException | LinkageError e) {
            return false; // the container says so itself, in its own words
        }
    }
}
