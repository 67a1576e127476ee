package dev.weir.config;

/** Where a route leads: to one upstream, or to whichever a request names. */
public sealed interface ProxyTo permits UpstreamUrl, UpstreamTemplate {
    /** Written as a URL, with placeholders or without. */
    Format<ProxyTo> FORMAT = new Format<>(
            UpstreamUrl.FORMAT.expected() + ", or one with placeholders such as https://{tenant}.example.org or"
                    + " {scheme}://{authority}",
            ProxyTo::read);

    private static ProxyTo read(String text) {
        return text.contains("{") ? UpstreamTemplate.read(text) : UpstreamUrl.parse(text);
    }

    /** As a user would write it. */
    @Override
    String toString();
}
