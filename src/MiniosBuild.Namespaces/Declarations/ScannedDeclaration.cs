namespace MiniosBuild.Namespaces;

/// <summary>One declarator with external linkage at file scope.</summary>
/// <param name="Name">The name that the symbol has: that of an asm label if there is one, else the identifier.</param>
/// <param name="IsFunction">Whether it is a function; a pointer to one is a variable.</param>
/// <param name="Site">Where the identifier stands.</param>
internal readonly record struct ScannedDeclaration(string Name, bool IsFunction, DeclarationSite Site);
