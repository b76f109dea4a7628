using System.Buffers;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Toolchain.Passes;

/// <summary>The lists that tell objcopy what to do; refuses changes that it would get wrong and end with 0.</summary>
internal sealed class ObjcopyLists
{
    private readonly ArrayBufferWriter<byte> _renames = new();
    private readonly ArrayBufferWriter<byte> _locals = new();
    private readonly ObjcopyKind _kind;
    private readonly string _path;

    /// <exception cref="DiagnosticException">MINIOS1336.</exception>
    public ObjcopyLists(ElfFile file, ReadOnlySpan<ElfSymbolChange> changes, ObjcopyKind kind, string path)
    {
        _kind = kind;
        _path = path;
        var changed = new HashSet<string>(changes.Length, StringComparer.Ordinal);
        foreach (ElfSymbolChange change in changes)
        {
            ElfSymbol symbol = file.Symbols[change.Index];
            RequireRight(symbol, change);
            if (!changed.Add(symbol.Name))
            {
                throw Unfit(symbol, "two symbols of the object have the name, and it changes names, not symbols");
            }

            ReadOnlySpan<byte> name = change.NewName.IsEmpty ? symbol.NameBytes : change.NewName.Span;
            if (!change.NewName.IsEmpty)
            {
                Add(_renames, symbol.NameBytes, " "u8, name);
            }

            if (change.MakeLocal)
            {
                Add(_locals, name);
            }
        }

        RequireNoOther(file, changes, changed);
    }

    /// <summary>For --redefine-syms; empty when nothing is renamed.</summary>
    public ReadOnlyMemory<byte> Renames => _renames.WrittenMemory;

    /// <summary>For --localize-symbols, which comes second: names as they are called by then.</summary>
    public ReadOnlyMemory<byte> Locals => _locals.WrittenMemory;

    private void RequireRight(in ElfSymbol symbol, in ElfSymbolChange change)
    {
        if (_kind == ObjcopyKind.Gnu && change.MakeLocal && symbol.Binding == ElfSymbolBinding.GnuUnique)
        {
            throw Unfit(symbol, "it leaves symbols of the binding GNU_UNIQUE global");
        }

        if (IsNoWord(symbol.NameBytes) || IsNoWord(change.NewName.Span))
        {
            throw Unfit(symbol, "its lists cannot hold names with blanks, '#' or other ASCII characters that separate words");
        }
    }

    /// <summary>It changes every symbol that has one of the names, a static variable too.</summary>
    private void RequireNoOther(ElfFile file, ReadOnlySpan<ElfSymbolChange> changes, HashSet<string> changed)
    {
        int next = 0;
        foreach (ElfSymbol symbol in file.Symbols)
        {
            if (next < changes.Length && changes[next].Index == symbol.Index)
            {
                next++;
            }
            else if (!symbol.NameBytes.IsEmpty && symbol.Type != ElfSymbolType.Section && changed.Contains(symbol.Name))
            {
                throw Unfit(symbol, $"symbol {symbol.Index} has the name as well and must keep it, but it changes names, not symbols");
            }
        }
    }

    private static bool IsNoWord(ReadOnlySpan<byte> name) => name.IndexOfAny(" \t\r\n\v\f#"u8) >= 0;

    private static void Add(ArrayBufferWriter<byte> list, ReadOnlySpan<byte> name, ReadOnlySpan<byte> blank = default, ReadOnlySpan<byte> newName = default)
    {
        list.Write(name);
        list.Write(blank);
        list.Write(newName);
        list.Write("\n"u8);
    }

    private DiagnosticException Unfit(in ElfSymbol symbol, string why) => new(Diagnostic.Error(
        ToolchainCodes.SymbolToolUnfit,
        $"{(_kind == ObjcopyKind.Gnu ? "GNU objcopy" : "llvm-objcopy")} cannot change symbol {symbol.Index}, \"{symbol.Name}\": {why}. Set MiniosSymbolRewriter to managed",
        _path));
}

/// <summary>Whose objcopy it is: they take the same options and differ in what they get wrong.</summary>
public enum ObjcopyKind
{
    /// <summary>objcopy of GNU binutils.</summary>
    Gnu,

    /// <summary>llvm-objcopy.</summary>
    Llvm,
}
