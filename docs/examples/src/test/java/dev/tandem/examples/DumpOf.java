package dev.tandem.examples;

// @start region="program"
import com.sun.tools.attach.VirtualMachine;
import javax.management.ObjectName;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Prints the dump of another JVM on this machine: java DumpOf.java PID */
public class DumpOf {
  public static void main(String[] args) throws Exception {
    VirtualMachine jvm = VirtualMachine.attach(args[0]);
    var address = new JMXServiceURL(jvm.startLocalManagementAgent());
    try (var connector = JMXConnectorFactory.connect(address)) {
      var tandem = new ObjectName("dev.tandem:type=Tandem");
      System.out.println(
          connector.getMBeanServerConnection().invoke(tandem, "dumpJson", null, null));
    } finally {
      jvm.detach();
    }
  }
}
// @end
