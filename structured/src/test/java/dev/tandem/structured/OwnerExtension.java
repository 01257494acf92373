package dev.tandem.structured;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/// Runs each test on a thread of its fixture's kind, so that tests open scopes where they stand.
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
