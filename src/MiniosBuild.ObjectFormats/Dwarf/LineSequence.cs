namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>Rows of a line table that cover a piece of code without a gap, in the order of their addresses.</summary>
/// <param name="Start">The first address.</param>
/// <param name="End">The first one that is not covered any more.</param>
/// <param name="FirstRow">The index of its first row.</param>
/// <param name="RowCount">How many rows there are.</param>
/// <param name="Table">The files that the rows name.</param>
internal readonly record struct LineSequence(DwarfAddress Start, ulong End, int FirstRow, int RowCount, LineTable Table);
