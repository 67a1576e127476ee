package dev.weir.it;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a running Weir's JVM says of its memory, asked from outside. */
final class MemoryProbe implements AutoCloseable {
    /** Whose work the asking is. */
    private static final Pattern PROBED_BY = Pattern.compile("(RMI|JMX) .*|Attach Listener");

    private final long pid;
    private final JMXConnector connector;
    private final MBeanServerConnection server;
    private final MemoryMXBean memory;
    private final BufferPoolMXBean direct;
    private final ThreadMXBean threads;
    /** What each thread had allocated when it was last seen. */
    private final Map<Long, Long> allocated = new HashMap<>();

    MemoryProbe(RunningWeir weir) {
        pid = weir.pid();
        try {
            VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
            String url = machine.startLocalManagementAgent();
            machine.detach();
            connector = JMXConnectorFactory.connect(new JMXServiceURL(url));
            server = connector.getMBeanServerConnection();
            memory = ManagementFactory.getPlatformMXBean(server, MemoryMXBean.class);
            threads = ManagementFactory.getPlatformMXBean(server, ThreadMXBean.class);
            direct = ManagementFactory.getPlatformMXBeans(server, BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("direct"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (com.sun.tools.attach.AttachNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Bytes of the heap that are in use after a collection. */
    long heapBytes() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** How many instances of a class something still refers to. */
    long instances(Class<?> type) {
        Object[] liveOnly = {new String[0]};
        try {
            String histogram = (String) server.invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    liveOnly,
                    new String[] {String[].class.getName()});
            return histogram
                    .lines()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(columns -> columns.length > 3 && columns[3].equals(type.getName()))
                    .mapToLong(columns -> Long.parseLong(columns[1]))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Bytes of direct buffers, pooled ones included. */
    long directBytes() {
        return direct.getMemoryUsed();
    }

    /** Bytes that all threads have allocated so far, exactly; without those that answer this probe. */
    long allocatedBytes() {
        long[] ids = threads.getAllThreadIds();
        ThreadInfo[] infos = threads.getThreadInfo(ids);
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        for (int i = 0; i < ids.length; i++) {
            if (infos[i] != null && !PROBED_BY.matcher(infos[i].getThreadName()).matches()) {
                allocated.put(ids[i], bytes[i]);
            }
        }
        return allocated.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Bytes of the process in physical memory. */
    long residentBytes() {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
