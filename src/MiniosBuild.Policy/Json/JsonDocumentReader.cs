using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace MiniosBuild.Policy.Json;

/// <summary>
/// Reads JSON into <see cref="JsonValue"/>s. Comments and trailing commas are accepted, since people write these files and
/// explain their exceptions in them; a member given twice is an error.
/// </summary>
public ref struct JsonDocumentReader
{
    private const int MaxDepth = 32;
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private readonly string _file;
    private readonly LineMap _lines;
    private readonly int _skipped;
    private Utf8JsonReader _json;

    private JsonDocumentReader(ReadOnlyMemory<byte> utf8, string file)
    {
        _file = file;
        _skipped = utf8.Span.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        _lines = new LineMap(utf8[_skipped..]);
        _json = new Utf8JsonReader(utf8.Span[_skipped..], new JsonReaderOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = MaxDepth,
        });
    }

    /// <summary>Reads the one value of the file.</summary>
    /// <exception cref="DiagnosticException">MINIOS1401: not JSON, with line and column.</exception>
    public static JsonValue Read(ReadOnlyMemory<byte> utf8, string file)
    {
        var reader = new JsonDocumentReader(utf8, file);
        reader.RequireUtf8(utf8.Span[reader._skipped..]);
        try
        {
            reader._json.Read();
            JsonValue root = reader.ReadValue("$");
            reader._json.Read(); // Only white space and comments may follow.
            return root;
        }
        catch (JsonException e)
        {
            int offset = reader._lines.Offset(e.LineNumber ?? 0, e.BytePositionInLine ?? 0);
            string message = e.Message;
            int tail = message.IndexOf(" LineNumber:", StringComparison.Ordinal); // Counted from 0 there; ours are from 1.
            throw reader.Syntax(offset, tail < 0 ? message : message[..tail]);
        }
    }

    private JsonValue ReadValue(string path)
    {
        (int line, int column) = _lines.Locate((int)_json.TokenStartIndex);
        switch (_json.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(new JsonValue(path, JsonValueKind.Object, null, line, column));
            case JsonTokenType.StartArray:
                return ReadArray(new JsonValue(path, JsonValueKind.Array, null, line, column));
            case JsonTokenType.String:
                return new JsonValue(path, JsonValueKind.String, ReadString(), line, column);
            case JsonTokenType.Number:
                return new JsonValue(path, JsonValueKind.Number, Encoding.UTF8.GetString(_json.ValueSpan), line, column);
            case JsonTokenType.True:
                return new JsonValue(path, JsonValueKind.True, null, line, column);
            case JsonTokenType.False:
                return new JsonValue(path, JsonValueKind.False, null, line, column);
            default:
                return new JsonValue(path, JsonValueKind.Null, null, line, column);
        }
    }

    private JsonValue ReadObject(JsonValue value)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (_json.Read() && _json.TokenType != JsonTokenType.EndObject)
        {
            int offset = (int)_json.TokenStartIndex;
            (int line, int column) = _lines.Locate(offset);
            string name = ReadString();
            if (!names.Add(name))
            {
                throw Syntax(offset, $"the property \"{name}\" of {value.Path} is given twice; keep one.");
            }

            _json.Read();
            value.Members.Add(new JsonMember(name, ReadValue($"{value.Path}.{name}"), line, column));
        }

        return value;
    }

    private JsonValue ReadArray(JsonValue value)
    {
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            value.Elements.Add(ReadValue($"{value.Path}[{value.Elements.Count}]"));
        }

        return value;
    }

    private string ReadString()
    {
        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw Syntax((int)_json.TokenStartIndex, "the string has an escape that is no character: " + e.Message);
        }
    }

    private readonly void RequireUtf8(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
        {
            return;
        }

        int offset = 0;
        while (Rune.DecodeFromUtf8(text[offset..], out _, out int consumed) == System.Buffers.OperationStatus.Done)
        {
            offset += consumed;
        }

        throw Syntax(offset, $"byte 0x{text[offset]:x2} is not UTF-8; save the file as UTF-8.");
    }

    private readonly DiagnosticException Syntax(int offset, string message)
    {
        (int line, int column) = _lines.Locate(offset);
        return new DiagnosticException(Diagnostic.Error(PolicyCodes.NotJson, "JSON syntax: " + message, _file, line, column));
    }
}
