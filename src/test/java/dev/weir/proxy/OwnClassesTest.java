package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OwnClassesTest {
    private static final Path CLASSES = Path.of("target/classes");
    private static final String FOLDER = "/WEB-INF/classes/";

    /** As a container's: the web application's classes come from its own folder, once each. */
    private static final class Container extends URLClassLoader {
        Container() throws IOException {
            super(new URL[] {CLASSES.toUri().toURL()}, OwnClassesTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.weir.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }

        boolean hasLoaded(String name) {
            return findLoadedClass(name) != null;
        }
    }

    private static Object answer(Object proxy, Method method, Object... arguments) {
        return method.getName().equals("getResourcePaths") ? paths((String) arguments[0]) : null;
    }

    private static Set<String> paths(String folder) {
        try (Stream<Path> all = Files.list(CLASSES.resolve(folder.substring(FOLDER.length())))) {
            return all.map(path -> folder + path.getFileName() + (Files.isDirectory(path) ? "/" : ""))
                    .collect(Collectors.toSet());
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    @Test
    void whatIsNeededFirstWhenSomethingFailsIsLoadedAtTheStart() throws Exception {
        try (Container container = new Container()) {
            Object context = Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {ServletContext.class}, OwnClassesTest::answer);
            Method load =
                    container.loadClass("dev.weir.proxy.OwnClasses").getDeclaredMethod("load", ServletContext.class);
            load.setAccessible(true);
            load.invoke(null, context);
            assertThat(container.hasLoaded("dev.weir.vitals.RecentFailures$Failure"))
                    .isTrue();
            assertThat(container.hasLoaded("dev.weir.proxy.Failures")).isTrue();
            assertThat(container.hasLoaded("dev.weir.boot.Launcher")).isFalse();
        }
    }
}
