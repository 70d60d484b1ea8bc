import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Checks or applies the fixed format of every Java file in the repository.
///
/// Run by the build on the JDK that compiles the sources, because the formatter parses with the compiler it runs on, and
/// Maven itself may run on an older JDK that does not know the language yet.
/// `java -cp FORMATTER build/Format.java check|apply ROOT`
final class Format {

    private static final Formatter FORMATTER =
            new Formatter(
                    JavaFormatterOptions.builder()
                            .style(JavaFormatterOptions.Style.AOSP)
                            .build());

    public static void main(String[] arguments) throws IOException {
        boolean apply = arguments[0].equals("apply");
        Path root = Path.of(arguments[1]);
        long wrong = javaFiles(root).parallelStream().filter(file -> !isTidy(file, apply)).count();
        if (wrong > 0 && !apply) {
            System.err.println(wrong + " files are not formatted. Run: mvn -q -N -Pformat validate");
            System.exit(1);
        }
    }

    private static List<Path> javaFiles(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> root.relativize(file).toString().contains("src"))
                    .filter(file -> !root.relativize(file).toString().contains("target"))
                    .toList();
        }
    }

    private static boolean isTidy(Path file, boolean apply) {
        try {
            String before = Files.readString(file);
            String after = format(before);
            if (before.equals(after)) {
                return true;
            }
            System.err.println((apply ? "formatted " : "not formatted: ") + file);
            if (apply) {
                Files.writeString(file, after);
            }
            return false;
        } catch (IOException | FormatterException problem) {
            System.err.println(file + ": " + problem.getMessage());
            return false;
        }
    }

    private static String format(String source) throws FormatterException {
        String imports =
                ImportOrderer.reorderImports(
                        RemoveUnusedImports.removeUnusedImports(source),
                        JavaFormatterOptions.Style.AOSP);
        return FORMATTER.formatSource(imports);
    }
}
