package dev.tandem.examples.showcase;

/// The fast Fourier transform of real samples: enough to find a frequency.
public final class Fourier {
  private Fourier() {}

  /// {@return the strongest frequency but zero, in cycles per array}
  ///
  /// @param samples as many as a power of two; not changed
  public static int peak(double[] samples) {
    int n = samples.length;
    double[] re = samples.clone();
    double[] im = new double[n];
    transform(re, im);
    int peak = 1;
    double most = 0;
    for (int i = 1; i < n / 2; i++) {
      double power = re[i] * re[i] + im[i] * im[i];
      if (power > most) {
        most = power;
        peak = i;
      }
    }
    return peak;
  }

  /// In place, after Cooley and Tukey.
  private static void transform(double[] re, double[] im) {
    int n = re.length;
    reverseBits(re);
    for (int half = 1; half < n; half *= 2) {
      double[] cos = new double[half];
      double[] sin = new double[half];
      for (int k = 0; k < half; k++) {
        cos[k] = Math.cos(Math.PI * k / half);
        sin[k] = -Math.sin(Math.PI * k / half);
      }
      for (int start = 0; start < n; start += 2 * half) {
        for (int k = 0; k < half; k++) {
          int a = start + k;
          int b = a + half;
          double r = re[b] * cos[k] - im[b] * sin[k];
          double i = re[b] * sin[k] + im[b] * cos[k];
          re[b] = re[a] - r;
          im[b] = im[a] - i;
          re[a] += r;
          im[a] += i;
        }
      }
    }
  }

  /// The imaginary parts are all zero yet.
  private static void reverseBits(double[] re) {
    int shift = Integer.numberOfLeadingZeros(re.length) + 1;
    for (int i = 0; i < re.length; i++) {
      int j = Integer.reverse(i) >>> shift;
      if (i < j) {
        double swap = re[i];
        re[i] = re[j];
        re[j] = swap;
      }
    }
  }
}
