namespace MiniosBuild.ObjectFormats.Elf.Proof;

/// <summary>Requires that section groups have the same kind, signature and members, in whatever order.</summary>
internal static class ElfProofGroups
{
    public static void Require(ElfFile before, ElfFile after, ElfProofSections sections, ElfProofSymbols symbols)
    {
        if (before.Groups.Count == 0 || (sections.AreInPlace && AreInPlace(before, after, symbols)))
        {
            return;
        }

        Dictionary<int, ElfSectionGroup> groups = [];
        Dictionary<int, int> groupOf = [];
        foreach (ElfSectionGroup group in after.Groups)
        {
            groups.Add(group.SectionIndex, group);
            foreach (int member in group.Members)
            {
                groupOf.Add(member, group.SectionIndex);
            }
        }

        foreach (ElfSectionGroup group in before.Groups)
        {
            if (!groups.TryGetValue(sections.AfterOf(group.SectionIndex), out ElfSectionGroup? found))
            {
                continue; // a group without members may go
            }

            ElfSection section = after.Sections[found.SectionIndex];
            if (!before.Contents(group.SectionIndex).Span[..4].SequenceEqual(after.Contents(found.SectionIndex).Span[..4]))
            {
                throw ElfProof.Failed(ObjectCodes.ReferenceChanged, section.Offset, $"the flags of the group in section {section.Index} differ from before");
            }

            if (!symbols.IsSame((uint)group.SignatureIndex, (uint)found.SignatureIndex))
            {
                throw ElfProof.Failed(ObjectCodes.ReferenceChanged, section.Offset,
                    $"the signature of the group in section {section.Index} is symbol {found.SignatureIndex} ({after.Symbols[found.SignatureIndex].Name}), expected what was symbol {group.SignatureIndex} ({before.Symbols[group.SignatureIndex].Name})");
            }

            RequireMembers(group, found, sections, groupOf, section);
        }
    }

    /// <summary>Whether all groups have the bytes and the signatures that they had.</summary>
    private static bool AreInPlace(ElfFile before, ElfFile after, ElfProofSymbols symbols)
    {
        foreach (ElfSectionGroup group in before.Groups)
        {
            uint signature = after.SectionSpan[group.SectionIndex].Info;
            if (!symbols.IsSame((uint)group.SignatureIndex, signature)
                || !before.Contents(group.SectionIndex).Span.SequenceEqual(after.Contents(group.SectionIndex).Span))
            {
                return false;
            }
        }

        return true;
    }

    private static void RequireMembers(
        ElfSectionGroup expected, ElfSectionGroup found, ElfProofSections sections, Dictionary<int, int> groupOf, in ElfSection section)
    {
        int members = 0;
        foreach (int member in expected.Members)
        {
            int after = sections.AfterOf(member);
            if (after < 0)
            {
                continue; // an empty relocation section may go
            }

            members++;
            if (!groupOf.TryGetValue(after, out int group) || group != found.SectionIndex)
            {
                throw ElfProof.Failed(ObjectCodes.ReferenceChanged, section.Offset,
                    $"section {after} is no member of the group in section {section.Index} any more");
            }
        }

        if (members != found.Members.Count)
        {
            throw ElfProof.Failed(ObjectCodes.ReferenceChanged, section.Offset,
                $"the group in section {section.Index} has {found.Members.Count} members, expected {members}");
        }
    }
}
