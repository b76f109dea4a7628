using MiniosBuild.ObjectFormats.Dwarf;

namespace MiniosBuild.Namespaces;

/// <summary>Where a finding about a link is told.</summary>
internal readonly record struct LinkSite(string Library, string File, string? Member, SourcePosition? Position);
