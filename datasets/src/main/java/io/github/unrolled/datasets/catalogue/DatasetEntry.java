package io.github.unrolled.datasets.catalogue;

import java.net.URI;
import java.util.List;

/**
 * A data set of the catalogue.
 *
 * @param id short name, also the name of its folder
 * @param title what it is
 * @param task what it is used for
 * @param licence of the data
 * @param citation where it comes from
 * @param files in the order they are read
 */
public record DatasetEntry(
        String id, String title, String task, String licence, String citation, List<RemoteFile> files) {
    /** Copies the list. */
    public DatasetEntry {
        files = List.copyOf(files);
    }

    /**
     * A file of a data set.
     *
     * @param path below the data set's folder
     * @param bytes its size
     * @param sha256 its checksum, hexadecimal
     * @param url its public address; empty if it was derived by this project and is at mirrors only
     */
    public record RemoteFile(String path, long bytes, String sha256, URI url) {
        /** Whether there is a public address. */
        public boolean isPublic() {
            return !url.toString().isEmpty();
        }
    }

    /** The size of all files. */
    public long bytes() {
        return files.stream().mapToLong(RemoteFile::bytes).sum();
    }
}
