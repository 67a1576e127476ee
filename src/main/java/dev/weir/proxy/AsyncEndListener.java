package dev.weir.proxy;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/** Hears how asynchronous processing ends that has no timeout of the container's and starts but once. */
interface AsyncEndListener extends AsyncListener {
    /** Never: the timeout is 0. */
    @Override
    default void onTimeout(AsyncEvent event) {}

    /** Never: nobody starts again. */
    @Override
    default void onStartAsync(AsyncEvent event) {}
}
