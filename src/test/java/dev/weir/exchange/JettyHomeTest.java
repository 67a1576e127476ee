package dev.weir.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class JettyHomeTest {
    @Test
    void aRequestThatIsNotJettysOwnCannotBeUpgraded() {
        HttpServletRequest wrapped = (HttpServletRequest) Proxy.newProxyInstance(
                JettyHomeTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> method.getName().equals("getProtocol") ? "HTTP/1.1" : null);
        Exchange exchange = Exchange.open(wrapped, null, null);
        assertThat(new JettyHome().carriesUpgrades(exchange)).isFalse();
    }
}
