using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Validation;

/// <summary>What is not about names: stacks, ABIs and passes of the objects, seen against each other.</summary>
internal sealed class ObjectChecks(List<SetObject> objects, PassChecks passes)
{
    private readonly List<(string Code, int Object, string Message)> _told = [];
    private (byte OsAbi, uint Flags, int Object)? _abi;

    public void Read(int number, ElfFile elf)
    {
        bool hasStackNote = false, needsExecutableStack = false, hasCode = false;
        IReadOnlyList<ElfSection> sections = elf.Sections;
        for (int i = 1; i < sections.Count; i++)
        {
            ElfSection section = sections[i];
            ReadOnlySpan<byte> name = section.NameBytes;
            if ((section.Flags & (ElfSectionFlags.Alloc | ElfSectionFlags.Executable)) == (ElfSectionFlags.Alloc | ElfSectionFlags.Executable))
            {
                hasCode |= section.Size > 0;
            }
            else if (name.SequenceEqual(".note.GNU-stack"u8))
            {
                hasStackNote = true;
                needsExecutableStack = (section.Flags & ElfSectionFlags.Executable) != 0;
            }
            else if (name.SequenceEqual(".note.minios"u8))
            {
                passes.Read(number, elf, i);
            }
            else if (name.StartsWith(".debug_"u8) || name.StartsWith(".zdebug_"u8))
            {
                objects[number].HasDebugInformation = true;
            }
        }

        CheckStack(number, elf.Machine, hasStackNote, needsExecutableStack);
        if (hasCode)
        {
            CheckAbi(number, elf);
        }
    }

    public void Report(FoundList found)
    {
        foreach ((string code, int number, string message) in _told)
        {
            found.Add(code, objects[number], message);
        }

        passes.Report(found);
    }

    private void CheckStack(int number, ElfMachine machine, bool hasNote, bool isExecutable)
    {
        if (isExecutable)
        {
            _told.Add((FindingCodes.ExecutableStack, number,
                "asks for an executable stack (.note.GNU-stack has the flag X): a nested function whose address is taken, or assembly that says so. Remove the cause."));
        }
        else if (!hasNote && objects[number].Member is not null && machine.HasExecutableStack())
        {
            // Linkers of other machines take a missing note for a stack that is not executable. An object in no archive goes only into
            // images of this set, whose stacks no loader makes, and the entry objects of most trees have no note.
            _told.Add((FindingCodes.ExecutableStack, number,
                "has no section .note.GNU-stack, which GNU ld takes for the wish for an executable stack. End assembly with: .section .note.GNU-stack,\"\",%progbits"));
        }
    }

    private void CheckAbi(int number, ElfFile elf)
    {
        if (_abi is not { } first)
        {
            _abi = (elf.OsAbi, elf.Flags, number);
            return;
        }

        if (IsUsual(elf.OsAbi) != IsUsual(first.OsAbi) || (!IsUsual(elf.OsAbi) && elf.OsAbi != first.OsAbi))
        {
            _told.Add((FindingCodes.OtherAbi, number,
                $"is for OS ABI {elf.OsAbi}, but {objects[first.Object].Place} is for OS ABI {first.OsAbi}; compile all objects of a set for one system."));
        }

        foreach (ref readonly AbiField field in AbiField.Of(elf.Machine))
        {
            if (!field.Agree(elf.Flags, first.Flags))
            {
                _told.Add((FindingCodes.OtherAbi, number,
                    $"has the {field.Name} 0x{elf.Flags & field.Mask:x} in e_flags, but {objects[first.Object].Place} has 0x{first.Flags & field.Mask:x}; calls between the two pass their arguments differently. Compile all objects of a set with the same options of the machine."));
            }
        }
    }

    // ELFOSABI_NONE and ELFOSABI_GNU: the assembler writes the second when an object has an IFUNC or a unique symbol.
    private static bool IsUsual(byte osAbi) => osAbi is 0 or 3;
}
