import java.time.LocalTime;
import java.time.format.DateTimeFormatter;

/** Lines that tell what goes on. */
final class Progress {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private Progress() {}

    static void say(String what) {
        System.out.println(LocalTime.now().format(TIME) + " " + what);
    }
}
