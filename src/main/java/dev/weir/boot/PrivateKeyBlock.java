package dev.weir.boot;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Map;

/** A private key as a PEM file holds it: PKCS#8, not encrypted (RFC 7468 §10), of RSA, of EC or of EdDSA. */
final class PrivateKeyBlock {
    /** The kinds of keys, each with a signature that shows whether two keys belong together. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    private PrivateKeyBlock() {}

    /**
     * Reads the one of a file's content.
     *
     * @throws BadTlsFileException where there is none, or in another form, which the message says how to convert
     */
    static PrivateKey read(TlsFiles files, byte[] content) throws BadTlsFileException {
        try {
            PemFile pem = PemFile.of(content);
            List<byte[]> keys = pem.labelled("PRIVATE KEY");
            if (keys.size() == 1) {
                return decode(keys.get(0));
            }
            if (keys.isEmpty() && pem.hasLabelEndingIn("PRIVATE KEY")) {
                throw bad(
                        files,
                        "a key in PKCS#8 form without a password (-----BEGIN PRIVATE KEY-----); this makes one:"
                                + " openssl pkcs8 -topk8 -nocrypt -in " + files.key() + " -out KEY.pem");
            }
        } catch (IllegalArgumentException | InvalidKeySpecException broken) {
            throw bad(files, "an RSA, EC or EdDSA key that is whole");
        }
        throw bad(files, "one PEM private key: -----BEGIN PRIVATE KEY-----");
    }

    private static BadTlsFileException bad(TlsFiles files, String expected) {
        return new BadTlsFileException(TlsFiles.KEY_OPTION, files.key(), expected);
    }

    /** The bytes name the kind of key, but only its own factory reads the name. */
    private static PrivateKey decode(byte[] pkcs8) throws InvalidKeySpecException {
        for (String kind : SIGNATURES.keySet()) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException another) {
                continue;
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException("every JDK has " + kind, missing);
            }
        }
        throw new InvalidKeySpecException("of none of the kinds " + SIGNATURES.keySet());
    }

    /** Whether the two are one pair. */
    static boolean isOf(PublicKey published, PrivateKey key) {
        try {
            byte[] text = {1, 2, 3};
            Signature signature = Signature.getInstance(SIGNATURES.get(key.getAlgorithm()));
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(published);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException ofAnotherKind) {
            return false;
        }
    }
}
