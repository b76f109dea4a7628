using MiniosBuild.Renaming.Passing;

namespace MiniosBuild.Tool.Sets;

/// <summary>A file that went through the pass.</summary>
/// <param name="Input">As the command line names it.</param>
/// <param name="Output">Where the result is.</param>
/// <param name="HasChanged">Whether the output differs from what was there before.</param>
/// <param name="Report">What was done.</param>
internal sealed record PassedFile(string Input, string Output, bool HasChanged, PassReport Report);
