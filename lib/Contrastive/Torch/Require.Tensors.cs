using System.Globalization;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Contrastive.Torch;

/// <content>Tensors: the type, the shape, and the values.</content>
internal static partial class Require
{
    /// <summary>A tensor of the type and shape that <paramref name="expected"/> describes, as the message quotes it.</summary>
    /// <param name="tensor">The argument.</param>
    /// <param name="expected">A type, which may be omitted, and the sizes: <c>float [N, C, H, W]</c>, <c>Int64 [64]</c>,
    /// <c>integers [N]</c>, <c>[B, T, ...]</c>. A number is the exact size, a letter stands for any size of at least one.</param>
    /// <param name="meaning">What the sizes are, or what to do: a clause that follows a comma.</param>
    /// <param name="mayBeEmpty">Whether a letter may stand for zero too.</param>
    /// <param name="name">How the message names it: by default the argument's name.</param>
    /// <param name="parameter">The parameter at fault, where it is not the tensor itself but what made it.</param>
    /// <exception cref="ArgumentNullException">The tensor is null.</exception>
    /// <exception cref="ArgumentException">The type or the shape differs.</exception>
    public static void Shape(
        Tensor tensor, string expected, string meaning = "", bool mayBeEmpty = false,
        [CallerArgumentExpression(nameof(tensor))] string name = "", string? parameter = null)
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        var start = expected.IndexOf('[', StringComparison.Ordinal);
        var sizes = expected[(start + 1)..^1].Split(", ");
        var fits = IsOfType(tensor, expected[..start].Trim()) && HasSizes(tensor, sizes, 0);
        if (fits && (mayBeEmpty || HasSizes(tensor, sizes, 1)))
            return;
        throw new ArgumentException(
            $"{name} is {TensorText.Describe(tensor)}{(fits ? ", which is empty" : "")}; expected {expected}{(meaning.Length == 0 ? "" : $", {meaning}")}.", parameter ?? name);
    }

    /// <summary>Finite float rows <c>[N, D]</c>, N at least <paramref name="atLeast"/>: embeddings, features.</summary>
    public static void Matrix(Tensor rows, long atLeast = 1, [CallerArgumentExpression(nameof(rows))] string name = "")
    {
        Shape(rows, "float [N, D]", "one example a row", name: name);
        if (rows.size(0) < atLeast)
            throw new ArgumentException(
                $"{name} is {TensorText.Describe(rows)}; expected at least {atLeast} rows (is it a last, smaller batch? drop it).", name);
        Finite(rows, name);
    }

    /// <summary>Two matrices that correspond row by row: the same shape, type and device.</summary>
    public static void Pairs(
        Tensor first, Tensor second, long atLeast = 1,
        [CallerArgumentExpression(nameof(first))] string firstName = "", [CallerArgumentExpression(nameof(second))] string secondName = "")
    {
        Matrix(first, atLeast, firstName);
        SameShape(first, second, firstName, secondName);
        Matrix(second, atLeast, secondName);
        Alike(first, second, firstName, secondName);
    }

    /// <summary>Two tensors of the same shape, which correspond row by row.</summary>
    public static void SameShape(
        Tensor first, Tensor second,
        [CallerArgumentExpression(nameof(first))] string firstName = "", [CallerArgumentExpression(nameof(second))] string secondName = "")
    {
        ArgumentNullException.ThrowIfNull(second, secondName);
        if (!first.shape.SequenceEqual(second.shape))
            throw Differ(first, firstName, second, secondName, "row i of both belong together, so the shapes must be equal");
    }

    /// <summary>Same element type and device: no silent conversion or transfer.</summary>
    public static void Alike(
        Tensor first, Tensor second,
        [CallerArgumentExpression(nameof(first))] string firstName = "", [CallerArgumentExpression(nameof(second))] string secondName = "")
    {
        if (first.dtype != second.dtype || !IsBeside(first, second))
            throw new ArgumentException($"{secondName} is {second.dtype} on {second.device}, {firstName} {first.dtype} on {first.device}; convert one of them.", secondName);
    }

    /// <summary>Rows of the same length D.</summary>
    public static void SameWidth(
        Tensor first, Tensor second,
        [CallerArgumentExpression(nameof(first))] string firstName = "", [CallerArgumentExpression(nameof(second))] string secondName = "")
    {
        if (first.size(-1) != second.size(-1))
            throw Differ(first, firstName, second, secondName, "the last size must be equal (the same encoder)");
    }

    /// <summary>Float values, none of them NaN or infinite.</summary>
    public static void Finite(Tensor values, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        if (!IsFinite(values))
            throw new ArgumentException(
                $"{name} holds NaN or infinite values; look at the encoder's output (learning rate, precision, missing normalization).", name);
    }

    /// <summary>Whether no value is NaN or infinite. The least and the greatest show any that is, without a copy of the values.</summary>
    public static bool IsFinite(Tensor values)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return values.numel() == 0 || stack([values.min(), values.max()]).isfinite().all().item<bool>();
    }

    /// <summary>Integers <c>[N]</c> on the rows' device, one for each row.</summary>
    public static void Ids(Tensor ids, Tensor rows, [CallerArgumentExpression(nameof(ids))] string name = "")
    {
        Shape(ids, Sized("integers", rows.size(0)), "one for each row", name: name);
        Beside(ids, rows, name);
    }

    /// <summary>A tensor on the rows' device.</summary>
    public static void Beside(Tensor tensor, Tensor rows, [CallerArgumentExpression(nameof(tensor))] string name = "")
    {
        if (!IsBeside(tensor, rows))
            throw new ArgumentException($"{name} is on {tensor.device}, the rows on {rows.device}; move one of them.", name);
    }

    /// <summary>Classes, int64 <c>[N]</c>, one for each row, numbered from 0.</summary>
    public static void Classes(Tensor labels, Tensor rows, [CallerArgumentExpression(nameof(labels))] string name = "")
    {
        Shape(labels, Sized("Int64", rows.size(0)), "one class for each row", name: name);
        using var scope = NewDisposeScope();
        if (labels.numel() > 0 && labels.min().item<long>() is var least and < 0)
            throw new ArgumentException($"{name} holds {least}; classes are numbered from 0.", name);
    }

    /// <summary>A shape of known sizes in the notation of <see cref="Shape"/>, such as <c>Int64 [64]</c>.</summary>
    public static string Sized(string type, params ReadOnlySpan<long> sizes) => $"{type} {TensorText.Shape(sizes)}";

    private static ArgumentException Differ(Tensor first, string firstName, Tensor second, string secondName, string why) =>
        new($"{secondName} is {TensorText.Describe(second)}, {firstName} {TensorText.Describe(first)}; {why}.", secondName);

    private static bool IsBeside(Tensor first, Tensor second) => first.device_type == second.device_type && first.device_index == second.device_index;

    private static bool IsOfType(Tensor tensor, string type) => type switch
    {
        "" => true,
        "float" => tensor.is_floating_point(),
        "integers" => tensor.is_integral(),
        _ => tensor.dtype == Enum.Parse<ScalarType>(type),
    };

    private static bool HasSizes(Tensor tensor, string[] sizes, long least)
    {
        var isOpen = sizes[^1] == "...";
        var count = isOpen ? sizes.Length - 1 : sizes.Length;
        if (isOpen ? tensor.dim() < count : tensor.dim() != count)
            return false;
        for (var i = 0; i < count; i++)
        {
            var isKnown = long.TryParse(sizes[i], NumberStyles.None, CultureInfo.InvariantCulture, out var size);
            if (isKnown ? tensor.size(i) != size : tensor.size(i) < least)
                return false;
        }

        return true;
    }
}
