using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// What becomes of the entries of a matrix of products <c>[N, M]</c> before they are summed: left out (−∞), or raised by a logarithm of a
/// weight. Applied to the whole matrix, or to any block of it.
/// </summary>
/// <param name="Rules">The rules, all applied.</param>
internal sealed record EntryRules(params EntryRule[] Rules)
{
    /// <summary>Entries (i, i + offset) are left out.</summary>
    public long[] Diagonals { get; init; } = [];

    /// <summary>Whether entries (i, j) and (j, i) of a square matrix fare alike.</summary>
    public bool IsSymmetric => Array.TrueForAll(Rules, rule => rule.IsSymmetric) && Array.TrueForAll(Diagonals, offset => Array.IndexOf(Diagonals, -offset) >= 0);

    /// <summary>Whether an entry fares alike whichever of its two sides is the anchor.</summary>
    public bool IsMutual => Array.TrueForAll(Rules, rule => rule.IsMutual);

    /// <summary>The same for the transposed matrix.</summary>
    public EntryRules Transposed => new(Array.ConvertAll(Rules, rule => rule.Transposed)) { Diagonals = Array.ConvertAll(Diagonals, offset => -offset) };

    /// <summary>A bound of |ln w|.</summary>
    public double LargestLogWeight() => Rules.Sum(rule => rule.LargestLogWeight());

    /// <summary>All tensors of the rules, and the same rules on copies of them.</summary>
    public Tensor[] Tensors => [.. Rules.SelectMany(rule => rule.Tensors)];

    /// <inheritdoc cref="Tensors"/>
    public EntryRules On(ReadOnlySpan<Tensor> tensors)
    {
        var rules = new EntryRule[Rules.Length];
        for (var i = 0; i < rules.Length; i++)
        {
            rules[i] = Rules[i] with { Tensors = tensors[..Rules[i].Tensors.Length].ToArray() };
            tensors = tensors[Rules[i].Tensors.Length..];
        }

        return this with { Rules = rules };
    }

    /// <summary>Overwrites the block of the matrix that begins at (row, column).</summary>
    public void Apply(Tensor block, long row = 0, long column = 0)
    {
        if (LogWeights(block, row, column) is { } weights)
            block.add_(weights);
        LeaveOut(block, row, column);
    }

    /// <summary>Overwrites what is left out with −∞.</summary>
    public void LeaveOut(Tensor block, long row = 0, long column = 0)
    {
        var place = new Place(block, row, column);
        foreach (var rule in Rules)
        {
            if (rule.LeftOut(place) is { } mask)
                block.masked_fill_(mask, double.NegativeInfinity);
        }

        foreach (var offset in Diagonals)
        {
            if (row + offset - column is var within && within > -block.size(0) && within < block.size(1))
                block.diagonal(within, 0, 1).fill_(double.NegativeInfinity);
        }
    }

    /// <summary>ln w of a block, or null where every w is 1.</summary>
    public Tensor? LogWeights(Tensor block, long row = 0, long column = 0)
    {
        var place = new Place(block, row, column);
        Tensor? sum = null;
        foreach (var rule in Rules)
        {
            if (rule.LogWeights(place) is { } weights)
                sum = sum is null ? weights : sum + weights;
        }

        return sum;
    }
}

/// <summary>Where a block is in its matrix.</summary>
internal readonly record struct Place(long Row, long Rows, long Column, long Columns)
{
    public Place(Tensor block, long row, long column) : this(row, block.size(0), column, block.size(1))
    {
    }

    public Tensor RowsOf(Tensor values) => values.narrow(0, Row, Rows);

    public Tensor ColumnsOf(Tensor values) => values.narrow(0, Column, Columns);

    public Tensor Of(Tensor matrix) => matrix.narrow(0, Row, Rows).narrow(1, Column, Columns);

    public Tensor AreEqual(Tensor rowIds, Tensor columnIds) => RowsOf(rowIds).unsqueeze(1).eq(ColumnsOf(columnIds).unsqueeze(0));
}

/// <summary>One rule; its tensors are without gradient.</summary>
internal abstract record EntryRule(params Tensor[] Tensors)
{
    public abstract EntryRule Transposed { get; }

    public virtual bool IsSymmetric => false;

    public virtual bool IsMutual => true;

    /// <summary>bool [rows, columns], or null.</summary>
    public virtual Tensor? LeftOut(Place place) => null;

    /// <summary>[rows, columns] or [1, columns], or null.</summary>
    public virtual Tensor? LogWeights(Place place) => null;

    public virtual double LargestLogWeight() => 0;

    private static double LargestOf(Tensor values) => Math.Max(values.max().ToDouble(), -values.min().ToDouble());

    /// <summary>Entries whose ids are equal are left out.</summary>
    public sealed record SameItem : EntryRule
    {
        /// <param name="rows">Ids of the rows, integers [N].</param>
        /// <param name="columns">Ids of the columns, integers [M].</param>
        public SameItem(Tensor rows, Tensor columns) : base(rows, columns)
        {
        }

        public override EntryRule Transposed => new SameItem(Tensors[1], Tensors[0]);

        public override bool IsSymmetric => ReferenceEquals(Tensors[0], Tensors[1]);

        public override Tensor LeftOut(Place place) => place.AreEqual(Tensors[0], Tensors[1]);
    }

    /// <summary>Entries whose ids are equal are raised by the same amount.</summary>
    public sealed record Raised : EntryRule
    {
        private readonly double _amount;
        private readonly ScalarType _type;

        /// <param name="rows">Ids of the rows, integers [N].</param>
        /// <param name="columns">Ids of the columns, integers [M].</param>
        /// <param name="amount">ln w.</param>
        /// <param name="type">The products' type.</param>
        public Raised(Tensor rows, Tensor columns, double amount, ScalarType type) : base(rows, columns) => (_amount, _type) = (amount, type);

        public override EntryRule Transposed => new Raised(Tensors[1], Tensors[0], _amount, _type);

        public override Tensor LogWeights(Place place) => place.AreEqual(Tensors[0], Tensors[1]).to(_type) * _amount;

        public override double LargestLogWeight() => Math.Abs(_amount);
    }

    /// <summary>Entries of a mask are left out.</summary>
    public sealed record Masked : EntryRule
    {
        /// <param name="mask">bool [N, M].</param>
        public Masked(Tensor mask) : base(mask)
        {
        }

        public override EntryRule Transposed => new Masked(Tensors[0].t());

        public override Tensor LeftOut(Place place) => place.Of(Tensors[0]);
    }

    /// <summary>Entries are raised by logarithms of weights.</summary>
    public sealed record Weighted : EntryRule
    {
        /// <param name="logWeights">float [N, M], finite.</param>
        public Weighted(Tensor logWeights) : base(logWeights)
        {
        }

        public override EntryRule Transposed => new Weighted(Tensors[0].t());

        public override Tensor LogWeights(Place place) => place.Of(Tensors[0]);

        public override double LargestLogWeight() => LargestOf(Tensors[0]);
    }

    /// <summary>Each candidate, on whichever side, is raised by the logarithm of its weight.</summary>
    public sealed record WeightedCandidates : EntryRule
    {
        /// <param name="logWeights">float [M], finite.</param>
        public WeightedCandidates(Tensor logWeights) : base(logWeights)
        {
        }

        public override EntryRule Transposed => this;

        public override bool IsMutual => false;

        public override Tensor LogWeights(Place place) => place.ColumnsOf(Tensors[0]).unsqueeze(0);

        public override double LargestLogWeight() => LargestOf(Tensors[0]);
    }

    /// <summary>Entries that a second model scores above a ceiling of their row are left out. The ceilings belong to the pairs, so the
    /// transposed matrix has the same.</summary>
    public sealed record Guided : EntryRule
    {
        /// <param name="rows">The model's embeddings of the rows [N, G].</param>
        /// <param name="columns">Of the columns [M, G].</param>
        /// <param name="ceilings">[N]</param>
        public Guided(Tensor rows, Tensor columns, Tensor ceilings) : base(rows, columns, ceilings)
        {
        }

        public override EntryRule Transposed => new Guided(Tensors[1], Tensors[0], Tensors[2]);

        public override bool IsMutual => false;

        public override Tensor LeftOut(Place place) =>
            place.RowsOf(Tensors[0]).mm(place.ColumnsOf(Tensors[1]).t()).gt(place.RowsOf(Tensors[2]).unsqueeze(1));
    }
}
