package dev.weir.config;

/** What an upstream connection begins with, to tell whose it is (the PROXY protocol, versions 1 and 2). */
public enum ProxyHeader {
    NONE,
    V1,
    V2
}
