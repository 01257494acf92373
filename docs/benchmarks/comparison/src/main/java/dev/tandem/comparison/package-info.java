/// The same situations for the scopes of several libraries, and what each does in them.
package dev.tandem.comparison;
