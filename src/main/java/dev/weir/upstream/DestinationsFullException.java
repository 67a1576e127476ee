package dev.weir.upstream;

/** There are as many destinations as {@code maxDestinations} allows, and all of them are in use. */
public final class DestinationsFullException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    DestinationsFullException(int most) {
        super(most + " destinations are known and in use");
    }
}
