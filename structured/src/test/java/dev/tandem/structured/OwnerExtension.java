package dev.tandem.structured;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/// An extension that runs each test on a thread of its fixture's kind, so that a test can open
/// scopes directly.
final class OwnerExtension implements InvocationInterceptor {
  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    ((ScopeFixture) context.getRequiredTestInstance()).owner().run(invocation::proceed);
  }
}
