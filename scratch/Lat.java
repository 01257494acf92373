import dev.tandem.Tandem;
import java.util.*;
public class Lat {
  public interface Add { int add(int v); }
  static long[] measure(Add r, int n) {
    long[] t = new long[n];
    for (int i = 0; i < n; i++) { long s = System.nanoTime(); r.add(i); t[i] = System.nanoTime() - s; }
    Arrays.sort(t);
    return new long[]{t[n/2], t[n*9/10], t[n*99/100]};
  }
  public static void main(String[] a) throws Exception {
    try (var pool = Tandem.newProcessPool(1)) {
      Add r = pool.export(Add.class, v -> v + 1);
      pool.submit(() -> measure(r, 5000)).get();
      for (int k = 0; k < 3; k++) System.out.println(Arrays.toString(pool.submit(() -> measure(r, 5000)).get()));
    }
  }
}
