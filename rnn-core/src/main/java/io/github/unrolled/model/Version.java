package io.github.unrolled.model;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of the project, which the build puts into a resource. */
public final class Version {
    private static final String RESOURCE = "version.properties";

    private Version() {}

    /** The version, such as {@code 1.0.0}; {@code development} where the build did not fill it in. */
    public static String current() {
        try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                return "development";
            }
            Properties properties = new Properties();
            properties.load(in);
            String version = properties.getProperty("version", "");
            return version.isEmpty() || version.startsWith("$") ? "development" : version;
        } catch (IOException e) {
            return "development";
        }
    }
}
