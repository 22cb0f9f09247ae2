package io.github.unrolled.datasets.catalogue;

import io.github.unrolled.datasets.catalogue.DatasetEntry.RemoteFile;

/** Hears how a download goes. */
@FunctionalInterface
public interface DownloadListener {
    /**
     * Some more of a file has arrived.
     *
     * @param file which
     * @param bytes so far, those of an earlier attempt included
     */
    void onBytes(RemoteFile file, long bytes);

    /** Hears nothing. */
    static DownloadListener none() {
        return (file, bytes) -> {};
    }
}
