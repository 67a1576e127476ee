package dev.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PortRangeTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void itIsTheOneThatTheKernelTells() throws IOException {
        Process cat = new ProcessBuilder("cat", "/proc/sys/net/ipv4/ip_local_port_range").start();
        String told = new String(cat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        PortRange range = PortRange.read();
        assertThat(range.first() + "\t" + range.last()).isEqualTo(told.strip());
    }

    /** The range is mostly the usual one, which would also be taken where nothing is read. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aSettingOfTheKernelIsReadAsAWhole() throws IOException {
        assertThat(PortRange.setting(Path.of("/proc/sys/kernel/ostype"))).isEqualTo("Linux");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void restingSocketsAreCounted() {
        assertThat(PortRange.resting()).isNotNegative();
    }

    @Test
    void fourFifthsOfTheRangeMayBeUsedInTheTimeThatAPortRests() {
        assertThat(new PortRange(32_768, 60_999).size()).isEqualTo(28_232);
        assertThat(new PortRange(32_768, 60_999).connectsPerSecond()).isEqualTo(376);
        assertThat(new PortRange(40_000, 40_011).connectsPerSecond()).isEqualTo(1);
    }
}
