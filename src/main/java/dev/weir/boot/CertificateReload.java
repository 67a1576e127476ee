package dev.weir.boot;

import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the certificate's files every second, and presents what they hold from the next connection on when it has
 * changed. Content is compared, not time: a link that now leads elsewhere is a change, too. A pair that cannot be used is
 * told once, and the old one stays.
 *
 * <p>Threads: one at a time, of the server's pool: a file system may take its time.
 */
final class CertificateReload extends AbstractLifeCycle {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateReload.class);
    private static final long INTERVAL_MILLIS = 1000;

    private final TlsFiles files;
    private final SslContextFactory.Server tls;
    private final Scheduler scheduler;
    private final Executor executor;

    private ServerIdentity identity;
    /** What is presented, or was judged and told. */
    private TlsFiles.Content known;
    /** Seen once: the other file may be about to be written. */
    private String suspected = "";

    private String told = "";

    /** @param content what {@code identity}, which is presented now, was made of */
    CertificateReload(
            TlsFiles files,
            TlsFiles.Content content,
            ServerIdentity identity,
            SslContextFactory.Server tls,
            Scheduler scheduler,
            Executor executor) {
        this.files = files;
        this.known = content;
        this.identity = identity;
        this.tls = tls;
        this.scheduler = scheduler;
        this.executor = executor;
    }

    @Override
    protected void doStart() {
        tell("is presented");
        next();
    }

    private void next() {
        scheduler.schedule(() -> executor.execute(this::look), INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (!isRunning()) {
            return;
        }
        try {
            TlsFiles.Content content = files.read();
            if (!content.isSame(known)) {
                present(ServerIdentity.of(files, content));
                known = content;
            }
            suspected = "";
            told = "";
        } catch (BadTlsFileException unusable) {
            suspect(unusable.getMessage());
        } finally {
            next();
        }
    }

    private void present(ServerIdentity changed) {
        try {
            tls.reload(changed::presentBy);
            identity = changed;
            tell("has changed, and is presented from now on");
        } catch (Exception refused) {
            LOG.warn("The changed certificate of {} is refused, the old one stays", files.certificate(), refused);
            presentOld();
        }
    }

    private void presentOld() {
        try {
            tls.reload(identity::presentBy);
        } catch (Exception impossible) {
            throw new IllegalStateException("what was presented before is not taken any more", impossible);
        }
    }

    private void suspect(String problem) {
        if (problem.equals(suspected) && !problem.equals(told)) {
            told = problem;
            LOG.warn("The files of the certificate cannot be used, the old one stays: {}", problem);
        }
        suspected = problem;
    }

    private void tell(String what) {
        identity.warning(Instant.now())
                .ifPresentOrElse(
                        warning -> LOG.warn("The certificate of {} {}", files.certificate(), warning),
                        () -> LOG.info(
                                "The certificate of {} {}, until {}", files.certificate(), what, identity.until()));
    }
}
